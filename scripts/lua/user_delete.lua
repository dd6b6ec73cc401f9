-- Deletes what remains of a closed user, except a tombstone: its id must never mean another person.
--
-- KEYS[1]  user    hash
-- KEYS[2]  groups  set, the index of its groups
--
-- Returns {'OK'}
local user, groups = KEYS[1], KEYS[2]

local closed = redis.call('HEXISTS', user, 'deleted') == 1
if closed or redis.call('EXISTS', user) == 0 then
  redis.call('DEL', user, groups)
end
if closed then
  redis.call('HSET', user, 'deleted', 1)
end
return {'OK'}
