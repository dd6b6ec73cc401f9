-- Prepares some members of a group that does not exist yet, under keys of its own that expire: if nobody creates the
-- group, nothing of it stays.
--
-- KEYS[1]  info      hash of the group
-- KEYS[2]  acks      hash, uid -> last_ack; the first to expire
-- KEYS[3]  members   hash, uid -> "joined_at joined_after joined_after_read"
-- KEYS[4]  ordinals  hash, uid -> ordinal
-- KEYS[5]  roster    set of ordinals
-- KEYS[6]  spells    hash, ordinal -> "uid after"
-- ARGV[1]  now       ms
-- ARGV[2]  kept      ms until they expire
-- ARGV[3…] joiners   pairs of uid and 1 if the user sends read receipts, else 0
--
-- Returns {'OK'} | {'GROUP_TAKEN'}
local info, acks, members, ordinals, roster, spells = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now, kept = ARGV[1], ARGV[2]

if redis.call('EXISTS', info) == 1 then
  return {'GROUP_TAKEN'}
end

local ordinal = redis.call('HLEN', ordinals)
for i = 3, #ARGV, 2 do
  local user, receipts = ARGV[i], ARGV[i + 1]
  redis.call('HSET', acks, user, 0)
  redis.call('HSET', members, user, now .. ' 0 0')
  if receipts == '1' then
    ordinal = ordinal + 1
    redis.call('HSET', ordinals, user, ordinal)
    redis.call('SADD', roster, ordinal)
    redis.call('HSET', spells, ordinal, user .. ' 0')
  end
end
for _, key in ipairs({acks, members, ordinals, roster, spells}) do
  redis.call('PEXPIRE', key, kept)
end
return {'OK'}
