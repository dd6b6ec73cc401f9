-- Removes an ended receipt period from the next of its unread sets, and counts there that it left the message unread.
--
-- KEYS[1]  leaving  hash, ordinal -> "next upto"
-- KEYS[2]  left     hash, id -> how many recipients left it unread
-- ARGV[1]  ordinal  of the receipt period
-- ARGV[2]  unread   prefix of the unread sets, takes an id
-- ARGV[3]  most     ids in this call
--
-- Returns {'OK', remaining ids}
local leaving, left = KEYS[1], KEYS[2]
local ordinal, unread, most = ARGV[1], ARGV[2], tonumber(ARGV[3])

local span = redis.call('HGET', leaving, ordinal)
if not span then
  return {'OK', 0}
end
local next_id, upto = string.match(span, '^(%d+) (%d+)$')
next_id, upto = tonumber(next_id), tonumber(upto)
local stop = math.min(upto, next_id + most - 1)
for id = next_id, stop do
  if redis.call('SREM', unread .. id, ordinal) == 1 then
    redis.call('HINCRBY', left, id, 1)
  end
end
if stop == upto then
  redis.call('HDEL', leaving, ordinal)
else
  redis.call('HSET', leaving, ordinal, (stop + 1) .. ' ' .. upto)
end
return {'OK', upto - stop}
