-- Changes the name, the receipt policy or the owner of a group.
--
-- KEYS[1]  info     hash
-- KEYS[2]  acks     hash, uid -> last_ack
-- ARGV[1]  caller   uid
-- ARGV[2]  admin    1 if the caller is an admin, else 0
-- ARGV[3]  owner    uid of the new owner, or ''
-- ARGV[4]  channel  of the wakes
-- ARGV[5]  group    gid, for the wake
-- ARGV[6…] fields   pairs of field and value: name, receipts
--
-- Returns {'OK'} | {'NO_GROUP'} | {'NOT_MEMBER'} | {'NOT_OWNER'} | {'OWNER_NOT_MEMBER'}
-- Emits   change
local info, acks = KEYS[1], KEYS[2]
local caller, admin, owner, channel, group = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local state = redis.call('HMGET', info, 'owner', 'deleting')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
if admin ~= '1' and redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
if admin ~= '1' and caller ~= state[1] then
  return {'NOT_OWNER'}
end
if owner ~= '' and redis.call('HEXISTS', acks, owner) == 0 then
  return {'OWNER_NOT_MEMBER'}
end

if owner ~= '' then
  redis.call('HSET', info, 'owner', owner)
end
for i = 6, #ARGV, 2 do
  redis.call('HSET', info, ARGV[i], ARGV[i + 1])
end
publish(info, channel, 'change ' .. group)
return {'OK'}
