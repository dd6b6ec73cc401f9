-- Adds users to a group. Starts a receipt period for each who sends read receipts and has no open period.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  members   hash, uid -> "joined_at joined_after joined_after_read"
-- KEYS[4]  ordinals  hash, uid -> ordinal
-- KEYS[5]  roster    set of ordinals
-- KEYS[6]  spells    hash, ordinal -> "uid after"
-- ARGV[1]  now       ms
-- ARGV[2]  caller    uid
-- ARGV[3]  admin     1 if the caller is an admin, else 0
-- ARGV[4]  channel   of the wakes
-- ARGV[5]  group     gid, for the wake
-- ARGV[6…] joiners   pairs of uid and 1 if the user sends read receipts, else 0
--
-- Returns {'OK', uid, …} of the users that were not members yet | {'NO_GROUP'} | {'NOT_MEMBER'} | {'NOT_OWNER'}
-- Emits   member
local info, acks, members, ordinals, roster, spells = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local now, caller, admin, channel, group = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local state = redis.call('HMGET', info, 'owner', 'last_id', 'last_read', 'deleting', 'clock')
local owner, last_id, last_read, deleting, clock = state[1], state[2], state[3], state[4], tonumber(state[5])
if not owner or deleting then
  return {'NO_GROUP'}
end
if admin ~= '1' and redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
if admin ~= '1' and caller ~= owner then
  return {'NOT_OWNER'}
end

local at = clock - now > 60000 and now or math.max(now, clock)
local reply = {'OK'}
for i = 6, #ARGV, 2 do
  local user, receipts = ARGV[i], ARGV[i + 1]
  if redis.call('HSETNX', acks, user, last_id) == 1 then
    redis.call('HSET', members, user, string.format('%.0f', at) .. ' ' .. last_id .. ' ' .. last_read)
    reply[#reply + 1] = user
  end
  if receipts == '1' and redis.call('HEXISTS', ordinals, user) == 0 then
    local ordinal = redis.call('HINCRBY', info, 'last_ordinal', 1)
    redis.call('HSET', ordinals, user, ordinal)
    redis.call('SADD', roster, ordinal)
    redis.call('HSET', spells, ordinal, user .. ' ' .. last_id)
  end
end
if #reply > 1 then
  redis.call('HSET', info, 'clock', string.format('%.0f', math.max(now, clock)))
  publish(info, channel, 'member ' .. group .. ' ' .. table.concat(reply, ',', 2))
end
return reply
