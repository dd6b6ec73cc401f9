-- Removes an ended receipt period from the next of its unread sets, and counts there that it left the message unread.
-- Where an unread set is missing although the period owed a receipt and never acked the message, that counts as well.
--
-- KEYS[1]  info      hash
-- KEYS[2]  leaving   hash, ordinal -> "next upto"
-- KEYS[3]  left      hash, id -> how many recipients left it unread
-- KEYS[4]  receipts  stream
-- KEYS[5]  spells    hash, ordinal -> "uid after last_ack last_id"
-- KEYS[6]  read_one  sorted set, id -> "id:ordinal:time"
-- KEYS[7]  rebuilt   set of ordinals: the unread set that receipt_restore is building
-- ARGV[1]  ordinal   of the receipt period
-- ARGV[2]  unread    prefix of the unread sets, takes an id
-- ARGV[3]  most      ids in this call
--
-- Returns {'OK', remaining ids}
local info, leaving, left, receipts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local spells, read_one, rebuilt = KEYS[5], KEYS[6], KEYS[7]
local ordinal, unread, most = ARGV[1], ARGV[2], tonumber(ARGV[3])

local span = redis.call('HGET', leaving, ordinal)
if not span then
  return {'OK', 0}
end
local looks, user = 0, string.match(redis.call('HGET', spells, ordinal) or '', '^%S+')
local is_missing = function (id)
  local entry = redis.call('EXISTS', unread .. id) == 0 and redis.call('XRANGE', receipts, id .. '-0', id .. '-0')[1]
  if not entry or entry[2][2] == user or entry[2][6] == 'off' or entry[2][6] == '0' then
    return false
  end
  looks = looks + 1
  return not acked_alone(read_one, id, ordinal)
end
local next_id, upto = string.match(span, '^(%d+) (%d+)$')
next_id, upto = tonumber(next_id), tonumber(upto)
local stop = math.min(upto, next_id + most - 1)
local restoring = tonumber(string.match(redis.call('HGET', info, 'restoring') or '', '^%d+'))
for id = next_id, stop do
  if redis.call('SREM', unread .. id, ordinal) == 1 or is_missing(id) then
    redis.call('HINCRBY', left, id, 1)
  end
  if id == restoring then
    redis.call('SREM', rebuilt, ordinal)
  end
  if looks == 50 then
    stop = id
    break
  end
end
if stop == upto then
  redis.call('HDEL', leaving, ordinal)
else
  redis.call('HSET', leaving, ordinal, (stop + 1) .. ' ' .. upto)
end
return {'OK', upto - stop}
