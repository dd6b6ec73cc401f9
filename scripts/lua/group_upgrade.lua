-- Gives a group that was created under schema 2 what it lacks. Does nothing to any other group.
--
-- KEYS[1]  info  hash
--
-- Returns {'OK'}
local info = KEYS[1]

if redis.call('EXISTS', info) == 1 then
  redis.call('HSETNX', info, 'last_nudge', 0)
end
return {'OK'}
