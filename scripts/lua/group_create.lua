-- Creates a group. Its owner is the only member.
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
-- ARGV[4]  receipts     1 if the owner sends read receipts, else 0
-- ARGV[5]  name         display name
-- ARGV[6]  policy       sender | members | off
-- ARGV[7]  channel      of the wakes
-- ARGV[8]  group        gid, for the wake
--
-- Returns {'OK'} | {'GROUP_TAKEN'}
-- Emits   member
local info, acks, members, ordinals, roster, spells = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now, incarnation, owner, receipts = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local name, policy, channel, group = ARGV[5], ARGV[6], ARGV[7], ARGV[8]

if redis.call('EXISTS', info) == 1 then
  return {'GROUP_TAKEN'}
end

redis.call('HSET', info, 'incarnation', incarnation, 'name', name, 'owner', owner, 'created_at', now,
  'receipts', policy, 'first_id', 1, 'last_id', 0, 'last_read', 0, 'last_nudge', 0, 'last_ordinal', receipts,
  'spells_ended', 0, 'archived_upto', 0, 'trimmed_upto', 0, 'clock', now)
redis.call('HSET', acks, owner, 0)
redis.call('HSET', members, owner, now .. ' 0 0')
if receipts == '1' then
  redis.call('HSET', ordinals, owner, 1)
  redis.call('SADD', roster, 1)
  redis.call('HSET', spells, 1, owner .. ' 0')
end
redis.call('PUBLISH', channel, 'member ' .. group .. ' ' .. owner)
return {'OK'}
