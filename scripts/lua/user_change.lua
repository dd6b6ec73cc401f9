-- Changes fields of a user, and returns their old values. A replaced token is revoked, and that of a user who becomes
-- inactive stops working.
--
-- KEYS[1]  user     hash
-- ARGV[1]  channel  of the wakes
-- ARGV[2…] fields   pairs of field and value
--
-- Returns {'OK', old value or '', …} | {'NO_USER'}
-- Emits   token
local user = KEYS[1]
local channel = ARGV[1]

if redis.call('HEXISTS', user, 'name') == 0 or redis.call('HEXISTS', user, 'deleted') == 1 then
  return {'NO_USER'}
end
local reply = {'OK'}
for i = 2, #ARGV, 2 do
  local before = redis.call('HGET', user, ARGV[i]) or ''
  redis.call('HSET', user, ARGV[i], ARGV[i + 1])
  if ARGV[i] == 'token' and before ~= '' and before ~= ARGV[i + 1] then
    redis.call('PUBLISH', channel, 'token ' .. before)
  elseif ARGV[i] == 'inactive' and ARGV[i + 1] == '1' then
    redis.call('PUBLISH', channel, 'token ' .. (redis.call('HGET', user, 'token') or ''))
  end
  reply[#reply + 1] = before
end
return reply
