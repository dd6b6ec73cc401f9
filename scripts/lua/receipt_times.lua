-- Reads when receipt periods have read the messages of a range by cumulative acks: a message is read at the first ack
-- that reaches it.
--
-- KEYS[1]  info      hash
-- ARGV[1]  from      lowest message id
-- ARGV[2]  upto      highest message id
-- ARGV[3]  read_at   prefix of the read times, takes an ordinal
-- ARGV[4…] ordinals  of the receipt periods
--
-- Returns {'OK', {"upto:time", …}, …} in the order of the ordinals, the acks of each in ascending order, no more
--         than needed | {'NO_GROUP'}
local info = KEYS[1]
local from, upto, read_at = ARGV[1], ARGV[2], ARGV[3]

local state = redis.call('HMGET', info, 'incarnation', 'deleting')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
local reply = {'OK'}
for i = 4, #ARGV do
  local key = read_at .. ARGV[i]
  local acks = from == upto and {} or redis.call('ZRANGEBYSCORE', key, from, '(' .. upto)
  acks[#acks + 1] = redis.call('ZRANGEBYSCORE', key, upto, '+inf', 'LIMIT', 0, 1)[1]
  reply[i - 2] = acks
end
return reply
