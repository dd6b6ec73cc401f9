-- Creates a group with all its members, or not at all.
--
-- KEYS[1]  info         hash
-- KEYS[2]  acks         hash, uid -> last_ack
-- KEYS[3]  members      hash, uid -> "joined_at joined_after joined_after_read"
-- KEYS[4]  ordinals     hash, uid -> ordinal
-- KEYS[5]  roster       set of ordinals
-- KEYS[6]  spells       hash, ordinal -> "uid after"
-- ARGV[1]  now          ms
-- ARGV[2]  incarnation  distinguishes this group from an earlier one with the same id
-- ARGV[3]  owner        uid
-- ARGV[4]  name         display name
-- ARGV[5]  policy       sender | members | off
-- ARGV[6]  channel      of the wakes
-- ARGV[7]  group        gid, for the wake
-- ARGV[8…] joiners      pairs of uid and 1 if the user sends read receipts, else 0; the owner is among them
--
-- Returns {'OK'} | {'GROUP_TAKEN'}
-- Emits   member
local info, acks, members, ordinals, roster, spells = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now, incarnation, owner, name = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local policy, channel, group = ARGV[5], ARGV[6], ARGV[7]

if redis.call('EXISTS', info) == 1 then
  return {'GROUP_TAKEN'}
end

local ordinal, joined = 0, {}
for i = 8, #ARGV, 2 do
  local user, receipts = ARGV[i], ARGV[i + 1]
  redis.call('HSET', acks, user, 0)
  redis.call('HSET', members, user, now .. ' 0 0')
  if receipts == '1' then
    ordinal = ordinal + 1
    redis.call('HSET', ordinals, user, ordinal)
    redis.call('SADD', roster, ordinal)
    redis.call('HSET', spells, ordinal, user .. ' 0')
  end
  joined[#joined + 1] = user
end
redis.call('HSET', info, 'incarnation', incarnation, 'name', name, 'owner', owner, 'created_at', now,
  'receipts', policy, 'first_id', 1, 'last_id', 0, 'last_read', 0, 'last_nudge', 0, 'last_ordinal', ordinal,
  'spells_ended', 0, 'archived_upto', 0, 'trimmed_upto', 0, 'clock', now)
publish(info, channel, 'member ' .. group .. ' ' .. table.concat(joined, ','))
return {'OK'}
