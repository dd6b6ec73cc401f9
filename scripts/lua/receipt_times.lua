-- When each of these spells has read a message by a cumulative ack: at its first ack from that message on.
--
-- KEYS[1]  info      hash; only names the slot
-- ARGV[1]  id        message id
-- ARGV[2]  read_at   prefix of the read times, takes an ordinal
-- ARGV[3…] ordinals  of the spells
--
-- Returns {'OK', "upto:time", …} in the order of the ordinals, '' where there is none
local id, read_at = ARGV[1], ARGV[2]

local reply = {'OK'}
for i = 3, #ARGV do
  reply[i - 1] = redis.call('ZRANGEBYSCORE', read_at .. ARGV[i], id, '+inf', 'LIMIT', 0, 1)[1] or ''
end
return reply
