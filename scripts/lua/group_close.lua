-- Ends a group for all members at once. group_delete deletes its data.
--
-- KEYS[1]  info     hash
-- KEYS[2]  acks     hash, uid -> last_ack
-- ARGV[1]  caller   uid
-- ARGV[2]  admin    1 if the caller is an admin, else 0
-- ARGV[3]  archive  1 to delete its archive too, else 0
-- ARGV[4]  channel  of the wakes
-- ARGV[5]  group    gid, for the wake
--
-- Returns {'OK'} | {'NO_GROUP'} | {'NOT_MEMBER'} | {'NOT_OWNER'}
-- Emits   gone
local info, acks = KEYS[1], KEYS[2]
local caller, admin, archive, channel, group = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

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

redis.call('HSET', info, 'deleting', 0, 'deleting_archive', archive)
redis.call('UNLINK', acks)
publish(info, channel, 'gone ' .. group)
return {'OK'}
