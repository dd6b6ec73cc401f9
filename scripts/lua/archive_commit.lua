-- Deletes the receipts of messages that are in the archive now. It stops at the first message that has changed since it
-- was taken: by an ack, or because a receipt period has ended that had begun before it. It deletes nothing if another
-- sweeper holds the group: the archive belongs to that one.
--
-- KEYS[1]  info          hash
-- KEYS[2]  receipts      stream
-- KEYS[3]  left          hash, id -> how many recipients left it unread
-- KEYS[4]  read_one      sorted set, id -> "id:ordinal:time"
-- KEYS[5]  nudges        sorted set, n -> message id
-- KEYS[6]  nudged        hash, message id -> "time uid" of its newest nudge
-- ARGV[1]  token         of the sweeper
-- ARGV[2]  incarnation   of the expected group
-- ARGV[3]  unread        prefix of the unread sets, takes an id
-- ARGV[4]  channel       of the wakes
-- ARGV[5]  group         gid, for the wake
-- ARGV[6]  first         id of the first message
-- ARGV[7…] counts        recipients and unread of each archived message; 'off' and 0 if it has no receipts
--
-- Returns {'OK', archived_upto} | {'OK', 'lost'} if another sweeper holds the group | {'NO_GROUP'}
-- Emits   archived
local info, receipts, left, read_one, nudges, nudged = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local token, incarnation, unread = ARGV[1], ARGV[2], ARGV[3]
local channel, group, first = ARGV[4], ARGV[5], tonumber(ARGV[6])

local state = redis.call('HMGET', info, 'incarnation', 'archived_upto', 'taken_upto', 'sweeper', 'deleting')
if state[1] ~= incarnation or state[5] then
  return {'NO_GROUP'}
end
local archived_upto = tonumber(state[2])
if state[4] ~= token or archived_upto ~= first - 1 then
  return {'OK', 'lost'}
end

local taken_upto = tonumber(state[3])
local last = string.format('%.0f-0', first + (#ARGV - 6) / 2 - 1)
local entries = redis.call('XRANGE', receipts, string.format('%.0f-0', first), last)
local ids = {}
for i = 7, #ARGV, 2 do
  local id, recipients = string.format('%.0f', first + (i - 7) / 2), entries[(i - 5) / 2][2][6]
  local now_unread = redis.call('SCARD', unread .. id)
  if recipients ~= 'off' then
    recipients = tonumber(recipients) - tonumber(redis.call('HGET', left, id) or 0)
  end
  if tonumber(id) > taken_upto or recipients .. '' ~= ARGV[i] or now_unread ~= tonumber(ARGV[i + 1]) then
    break
  end
  ids[#ids + 1] = id
end
if #ids == 0 then
  return {'OK', archived_upto}
end

for _, id in ipairs(ids) do
  redis.call('UNLINK', unread .. id)
end
redis.call('HDEL', left, unpack(ids))
redis.call('ZREM', nudges, unpack(ids))
redis.call('HDEL', nudged, unpack(ids))
redis.call('ZREMRANGEBYSCORE', read_one, '-inf', ids[#ids])
redis.call('XTRIM', receipts, 'MINID', string.format('%.0f-0', first + #ids))
if redis.call('XLEN', receipts) == 0 then
  redis.call('UNLINK', receipts)
end
redis.call('HSET', info, 'archived_upto', ids[#ids])
publish(info, channel, 'archived ' .. group)
return {'OK', ids[#ids]}
