-- Makes a user of an id that a batch has reserved, or gives the id back. Changes nothing if it is not reserved for that
-- batch, so it may be repeated.
--
-- KEYS[1]  user    hash
-- ARGV[1]  batch   its name
-- ARGV[2]  commit  1 to make the user, 0 to give the id back
--
-- Returns {'OK', hash of the token of an id that was given back, or ''}
local user = KEYS[1]
local batch, commit = ARGV[1], ARGV[2]

local state = redis.call('HMGET', user, 'batch', 'new_name', 'token')
if state[1] ~= batch then
  return {'OK', ''}
end
if commit == '0' then
  redis.call('DEL', user)
  return {'OK', state[3]}
end
redis.call('HSET', user, 'name', state[2])
redis.call('HDEL', user, 'batch', 'new_name')
return {'OK', ''}
