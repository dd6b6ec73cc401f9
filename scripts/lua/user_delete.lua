-- Deletes what remains of a deleted user. It does nothing if the user was created again in the meantime.
--
-- KEYS[1]  user    hash
-- KEYS[2]  groups  set, the index of its groups
--
-- Returns {'OK', deleted}
--         deleted is 1 if it was deleted, else 0
local user, groups = KEYS[1], KEYS[2]

if redis.call('HEXISTS', user, 'deleted') == 0 then
  return {'OK', 0}
end
redis.call('DEL', user, groups)
return {'OK', 1}
