-- Creates a group with all its members, which group_prepare has prepared in steps. So it begins as a whole, whatever
-- its size.
--
-- KEYS[1]  info         hash
-- KEYS[2]  acks         hash of the prepared members, uid -> last_ack
-- KEYS[3]  ordinals     hash of the prepared members, uid -> ordinal
-- KEYS[4…] moves        pairs of a key of the prepared members and the key of the group that it becomes
-- ARGV[1]  now          ms
-- ARGV[2]  incarnation  distinguishes this group from an earlier one with the same id
-- ARGV[3]  owner        uid
-- ARGV[4]  name         display name
-- ARGV[5]  policy       sender | members | off
-- ARGV[6]  channel      of the wakes
-- ARGV[7]  group        gid, for the wake
-- ARGV[8]  size         how many members were prepared
-- ARGV[9]  joined       uid,uid,… of all members, for the wake
--
-- Returns {'OK', created} | {'GROUP_TAKEN'}
--         created is 0 if prepared members have expired, else 1
-- Emits   member
local info, acks, ordinals = KEYS[1], KEYS[2], KEYS[3]
local now, incarnation, owner, name, policy = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local channel, group, size, joined = ARGV[6], ARGV[7], ARGV[8], ARGV[9]

if redis.call('EXISTS', info) == 1 then
  return {'GROUP_TAKEN'}
end
if redis.call('HLEN', acks) ~= tonumber(size) then
  return {'OK', 0}
end

redis.call('HSET', info, 'incarnation', incarnation, 'name', name, 'owner', owner, 'created_at', now,
  'receipts', policy, 'first_id', 1, 'last_id', 0, 'last_read', 0, 'last_nudge', 0,
  'last_ordinal', redis.call('HLEN', ordinals), 'spells_ended', 0, 'archived_upto', 0, 'trimmed_upto', 0, 'clock', now)
for i = 4, #KEYS, 2 do
  if redis.call('PERSIST', KEYS[i]) == 1 then
    redis.call('RENAME', KEYS[i], KEYS[i + 1])
  end
end
publish(info, channel, 'member ' .. group .. ' ' .. joined)
return {'OK', 1}
