-- Reminds the recipients that have not read a message, at most once in a while. Only the archive knows who sent an
-- archived message, so the answer for one is the same for its sender as for others. A nudge of the future prevents
-- none: a clock was wrong.
--
-- KEYS[1]  info      hash
-- KEYS[2]  acks      hash, uid -> last_ack
-- KEYS[3]  receipts  stream
-- KEYS[4]  nudges    sorted set, n -> message id
-- KEYS[5]  nudged    hash, message id -> "time uid" of its newest nudge
-- ARGV[1]  now       ms
-- ARGV[2]  caller    uid
-- ARGV[3]  id        message id
-- ARGV[4]  pause     ms between two nudges of a message
-- ARGV[5]  channel   of the wakes
-- ARGV[6]  group     gid, for the wake
-- ARGV[7]  send      1 to send the nudge, 0 to tell only whether it may be sent
--
-- Returns {'OK', wait} | {'NOT_MEMBER'} | {'NO_MESSAGE'} | {'FROZEN'} | {'NO_RECEIPTS'} | {'NOT_IN_CHARGE'}
--         wait is the time in ms until the next nudge is possible, or 0 if this one may be sent, or was
-- Emits   nudge
local info, acks, receipts, nudges, nudged = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now, caller, id, pause = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local channel, group, send = ARGV[5], ARGV[6], ARGV[7]

if redis.call('HEXISTS', acks, caller) == 0 then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'archived_upto', 'owner')
local archived_upto, owner = tonumber(state[1]), state[2]
if tonumber(id) <= archived_upto then
  return caller == owner and {'FROZEN'} or {'NOT_IN_CHARGE'}
end
local entry = redis.call('XRANGE', receipts, id .. '-0', id .. '-0')[1]
if not entry then
  return {'NO_MESSAGE'}
end
if caller ~= entry[2][2] and caller ~= owner then
  return {'NOT_IN_CHARGE'}
end
if entry[2][6] == 'off' then
  return {'NO_RECEIPTS'}
end

local before = tonumber(string.match(redis.call('HGET', nudged, id) or '', '^%d+') or -pause)
if now - before < pause and before - now <= 60000 then
  return {'OK', string.format('%.0f', math.min(pause, before + pause - now))}
end
if send ~= '1' then
  return {'OK', 0}
end
redis.call('ZADD', nudges, redis.call('HINCRBY', info, 'last_nudge', 1), id)
redis.call('HSET', nudged, id, string.format('%.0f', now) .. ' ' .. caller)
publish(info, channel, 'nudge ' .. group)
return {'OK', 0}
