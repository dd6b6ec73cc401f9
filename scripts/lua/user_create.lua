-- Creates a user, unless its id is taken, or belonged to a user that was deleted.
--
-- KEYS[1]  user        hash
-- ARGV[1]  name        display name
-- ARGV[2]  admin       1 or 0
-- ARGV[3]  now         ms
-- ARGV[4]  token       hash of its token
--
-- Returns {'OK'} | {'USER_TAKEN'} | {'USER_DELETED'}
local user = KEYS[1]
local name, admin, now, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('HEXISTS', user, 'deleted') == 1 then
  return {'USER_DELETED'}
end
if redis.call('EXISTS', user) == 1 then
  return {'USER_TAKEN'}
end
redis.call('HSET', user, 'name', name, 'admin', admin, 'created_at', now, 'receipts', 1, 'token', token)
return {'OK'}
