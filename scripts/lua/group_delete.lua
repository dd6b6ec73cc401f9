-- Deletes the next keys of a closed group: in bounded steps those with a message id or an ordinal in their names, and
-- with the last step all others.
--
-- KEYS[1]  info     hash; its field deleting is the number of the last deleted keys
-- KEYS[2…] others   the group's other keys, those without a number in their names
-- ARGV[1]  unread   prefix of the unread sets, takes an id
-- ARGV[2]  read_at  prefix of the read times, takes an ordinal
-- ARGV[3]  most     numbers in this call
--
-- Returns {'OK', remaining numbers}
local info = KEYS[1]
local unread, read_at, most = ARGV[1], ARGV[2], tonumber(ARGV[3])

local state = redis.call('HMGET', info, 'deleting', 'last_id', 'last_ordinal')
if not state[1] then
  return {'OK', 0}
end
local from, last = tonumber(state[1]) + 1, math.max(tonumber(state[2]), tonumber(state[3]))
local stop = math.min(last, from + most - 1)
for number = from, stop do
  redis.call('UNLINK', unread .. number, read_at .. number)
end
if stop == last then
  redis.call('UNLINK', unpack(KEYS))
else
  redis.call('HSET', info, 'deleting', stop)
end
return {'OK', last - stop}
