-- Ends the receipt period of a member, and removes the member from the group unless the caller asked for the period
-- only. group_clean_unread removes the period from the unread sets afterwards. Until then every count subtracts it. A
-- period in which nothing was sent leaves nothing behind.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  members   hash, uid -> "joined_at joined_after joined_after_read"
-- KEYS[4]  ordinals  hash, uid -> ordinal
-- KEYS[5]  roster    set of ordinals
-- KEYS[6]  spells    hash, ordinal -> "uid after" and after its end "uid after last_ack last_id"
-- KEYS[7]  leaving   hash, ordinal -> "next upto"
-- ARGV[1]  caller    uid
-- ARGV[2]  admin     1 if the caller is an admin, else 0
-- ARGV[3]  member    uid
-- ARGV[4]  stay      1 to end the period only, else 0
-- ARGV[5]  channel   of the wakes
-- ARGV[6]  group     gid, for the wake
--
-- Returns {'OK', ordinal} | {'NO_GROUP'} | {'NOT_MEMBER'} | {'NOT_OWNER'} | {'NO_MEMBER'} | {'OWNER_STAYS'}
--         ordinal is that of the period to clean up, or 0
-- Emits   member
local info, acks, members, ordinals = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local roster, spells, leaving = KEYS[5], KEYS[6], KEYS[7]
local caller, admin, member, stay, channel, group = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

local state = redis.call('HMGET', info, 'owner', 'last_id', 'archived_upto', 'deleting', 'taken_upto')
local owner, last_id, archived_upto, deleting = state[1], state[2], state[3], state[4]
if not owner or deleting then
  return {'NO_GROUP'}
end
if admin ~= '1' and redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
if admin ~= '1' and caller ~= owner and caller ~= member then
  return {'NOT_OWNER'}
end
local last_ack = redis.call('HGET', acks, member)
if not last_ack then
  return {'NO_MEMBER'}
end
if stay ~= '1' and member == owner then
  return {'OWNER_STAYS'}
end

local ordinal, unclean = redis.call('HGET', ordinals, member), 0
if ordinal then
  local spell = redis.call('HGET', spells, ordinal)
  local after = string.match(spell, ' (%d+)$')
  local from = math.max(tonumber(last_ack), tonumber(archived_upto), tonumber(after)) + 1
  if after == last_id then
    redis.call('HDEL', spells, ordinal)
  else
    redis.call('HSET', spells, ordinal, spell .. ' ' .. last_ack .. ' ' .. last_id)
  end
  redis.call('HINCRBY', info, 'spells_ended', 1)
  if tonumber(state[5] or 0) > tonumber(after) then
    redis.call('HSET', info, 'taken_upto', after)
  end
  redis.call('HDEL', ordinals, member)
  redis.call('SREM', roster, ordinal)
  if from <= tonumber(last_id) then
    redis.call('HSET', leaving, ordinal, from .. ' ' .. last_id)
    unclean = tonumber(ordinal)
  end
end
if stay ~= '1' then
  redis.call('HDEL', acks, member)
  redis.call('HDEL', members, member)
end
publish(info, channel, 'member ' .. group .. ' ' .. member)
return {'OK', unclean}
