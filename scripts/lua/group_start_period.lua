-- Starts a receipt period for a member that has none: the member sends receipts for later messages.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  ordinals  hash, uid -> ordinal
-- KEYS[4]  roster    set of ordinals
-- KEYS[5]  spells    hash, ordinal -> "uid after"
-- ARGV[1]  member    uid
--
-- Returns {'OK'} | {'NOT_MEMBER'}
local info, acks, ordinals, roster, spells = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local member = ARGV[1]

if redis.call('HEXISTS', acks, member) == 0 then
  return {'NOT_MEMBER'}
end
if redis.call('HEXISTS', ordinals, member) == 0 then
  local ordinal = redis.call('HINCRBY', info, 'last_ordinal', 1)
  redis.call('HSET', ordinals, member, ordinal)
  redis.call('SADD', roster, ordinal)
  redis.call('HSET', spells, ordinal, member .. ' ' .. redis.call('HGET', info, 'last_id'))
end
return {'OK'}
