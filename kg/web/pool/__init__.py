"""The pool: processes that work for the server, and which question gets one when."""
