-- Reserves the id of a user for a batch, unless it is taken, or belonged to a user that was deleted. It has no name
-- yet, so it is no user.
--
-- KEYS[1]  user        hash
-- ARGV[1]  batch       its name
-- ARGV[2]  name        display name
-- ARGV[3]  admin       1 or 0
-- ARGV[4]  now         ms
-- ARGV[5]  token       hash of its token
--
-- Returns {'OK'} | {'USER_TAKEN'}
local user = KEYS[1]
local batch, name, admin, now, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

if redis.call('EXISTS', user) == 1 then
  return {'USER_TAKEN'}
end
redis.call('HSET', user, 'batch', batch, 'new_name', name, 'admin', admin, 'created_at', now, 'receipts', 1,
  'token', token)
return {'OK'}
