-- Names the owner of a group to a user who may list its members. They are read in pages, because there may be many.
--
-- KEYS[1]  info    hash
-- KEYS[2]  acks    hash, uid -> last_ack
-- ARGV[1]  caller  uid
-- ARGV[2]  admin   1 if the caller is an admin, else 0
--
-- Returns {'OK', owner} | {'NO_GROUP'} | {'NOT_MEMBER'}
local info, acks = KEYS[1], KEYS[2]
local caller, admin = ARGV[1], ARGV[2]

local state = redis.call('HMGET', info, 'owner', 'deleting')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
if admin ~= '1' and redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
return {'OK', state[1]}
