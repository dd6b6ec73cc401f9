-- When each of these spells has read a message by a cumulative ack: at its first ack from that message on.
--
-- KEYS[1]  info      hash
-- ARGV[1]  id        message id
-- ARGV[2]  read_at   prefix of the read times, takes an ordinal
-- ARGV[3…] ordinals  of the spells
--
-- Returns {'OK', "upto:time", …} in the order of the ordinals, '' where there is none | {'NO_GROUP'}
local info = KEYS[1]
local id, read_at = ARGV[1], ARGV[2]

local state = redis.call('HMGET', info, 'incarnation', 'deleting')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
local reply = {'OK'}
for i = 3, #ARGV do
  reply[i - 1] = redis.call('ZRANGEBYSCORE', read_at .. ARGV[i], id, '+inf', 'LIMIT', 0, 1)[1] or ''
end
return reply
