-- Starts the deletion of a user, or continues one that was cut off: revokes its token, and treats it as no user.
--
-- KEYS[1]  user     hash
-- ARGV[1]  channel  of the wakes
--
-- Returns {'OK', hash of the revoked token} | {'NO_USER'}
-- Emits   token
local user = KEYS[1]
local channel = ARGV[1]

local state = redis.call('HMGET', user, 'name', 'token', 'deleted')
local name, token, deleted = state[1], state[2], state[3]
if not name then
  return {'NO_USER'}
end
if not deleted then
  deleted = token or ''
  redis.call('HSET', user, 'token', '', 'deleted', deleted)
  redis.call('PUBLISH', channel, 'token ' .. deleted)
end
return {'OK', deleted}
