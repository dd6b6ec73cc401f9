-- Lists the members of a group.
--
-- KEYS[1]  info     hash
-- KEYS[2]  acks     hash, uid -> last_ack
-- KEYS[3]  members  hash, uid -> "joined_at joined_after joined_after_read"
-- ARGV[1]  caller   uid
-- ARGV[2]  admin    1 if the caller is an admin, else 0
--
-- Returns {'OK', owner, uid, fields, uid, fields, …} | {'NO_GROUP'} | {'NOT_MEMBER'}
local info, acks, members = KEYS[1], KEYS[2], KEYS[3]
local caller, admin = ARGV[1], ARGV[2]

local state = redis.call('HMGET', info, 'owner', 'deleting')
if not state[1] or state[2] then
  return {'NO_GROUP'}
end
if admin ~= '1' and redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
local reply = redis.call('HGETALL', members)
table.insert(reply, 1, state[1])
table.insert(reply, 1, 'OK')
return reply
