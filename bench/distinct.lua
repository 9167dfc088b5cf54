-- For wrk: requests that no server has seen before. Arguments: a file of paths, one a line, in which
-- XNX stands for the request's number; and the first number.

local paths = {}
local count = 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local parts = {}
    for part in (line .. "XNX"):gmatch("(.-)XNX") do
      parts[#parts + 1] = part
    end
    paths[#paths + 1] = parts
  end
  count = tonumber(arguments[2])
end

function request()
  count = count + 1
  return wrk.format("GET", table.concat(paths[count % #paths + 1], count))
end
