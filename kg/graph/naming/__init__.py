"""Labels that are made by grammar: of cells, amendments, days of effect and the like."""
