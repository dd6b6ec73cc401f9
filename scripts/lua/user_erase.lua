-- Removes the last of a deleted user; one that was made again meanwhile stays.
--
-- KEYS[1]  user    hash
-- KEYS[2]  groups  set, the index of its groups
--
-- Returns {'OK', 1 where it was removed, else 0}
local user, groups = KEYS[1], KEYS[2]

if redis.call('HEXISTS', user, 'deleted') == 0 then
  return {'OK', 0}
end
redis.call('DEL', user, groups)
return {'OK', 1}
