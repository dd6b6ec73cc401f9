-- Raises the number of the line of history. Begins a new line if there is none, or if the number is below the one that
-- the caller remembers: then Redis was set back.
--
-- KEYS[1]  line        hash
-- ARGV[1]  remembered  number, or '' to begin a new line anyway
-- ARGV[2]  fresh       name for a new line
--
-- Returns {'OK', name, number, 1 if the line is new, else 0}
local line = KEYS[1]
local remembered, fresh = tonumber(ARGV[1]), ARGV[2]

local state = redis.call('HMGET', line, 'name', 'number')
local name, number, new = state[1], tonumber(state[2] or 0), '0'
if not name or not remembered or number < remembered then
  name, new = fresh, '1'
end
number = string.format('%.0f', math.max(number, remembered or 0) + 1)
redis.call('HSET', line, 'name', name, 'number', number)
return {'OK', name, number, new}
