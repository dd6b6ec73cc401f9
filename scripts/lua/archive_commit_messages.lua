-- Deletes messages that are in the archive now. The history begins after them.
--
-- KEYS[1]  info         hash
-- KEYS[2]  messages     stream
-- ARGV[1]  token        of the sweeper
-- ARGV[2]  incarnation  of the expected group
-- ARGV[3]  first        id of the first message
-- ARGV[4]  upto         id of the last message
-- ARGV[5]  channel      of the wakes
-- ARGV[6]  group        gid, for the wake
--
-- Returns {'OK', first_id} | {'NO_GROUP'}
-- Emits   change
local info, messages = KEYS[1], KEYS[2]
local token, incarnation, first, upto, channel, group = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]

local state = redis.call('HMGET', info, 'incarnation', 'first_id', 'sweeper', 'deleting')
if state[1] ~= incarnation or state[4] then
  return {'NO_GROUP'}
end
if state[3] ~= token or state[2] ~= first then
  return {'OK', state[2]}
end
local next_id = string.format('%.0f', upto + 1)
redis.call('XTRIM', messages, 'MINID', next_id .. '-0')
if redis.call('XLEN', messages) == 0 then
  redis.call('UNLINK', messages)
end
redis.call('HSET', info, 'first_id', next_id)
publish(info, channel, 'change ' .. group)
return {'OK', next_id}
