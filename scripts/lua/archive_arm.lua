-- Finds out when a group next has something for the archive, and sets its timer to that time. A caller that holds the
-- sweep of the group releases it. If the clock was set back by more than a minute, time in the group follows it, and
-- all messages so far count as sent by now: a date in the future must not keep them here until then.
--
-- KEYS[1]  info       hash
-- KEYS[2]  receipts   stream
-- KEYS[3]  messages   stream
-- KEYS[4]  due        timer
-- KEYS[5]  sweep      string, token of the sweeper
-- ARGV[1]  now        ms
-- ARGV[2]  retention  of receipts, ms
-- ARGV[3]  kept       retention of messages, ms, or '' to keep them forever
-- ARGV[4]  token      of the caller that releases the sweep, or ''
-- ARGV[5]  most       archived messages that may wait for a trim while others are not archived
--
-- Returns {'OK', due, trim, behind} | {'NO_GROUP'}
--         due is the time of the next sweep in ms, or ''; trim is 1 if there is something to trim, else 0; behind is
--         how far in ms time went back, or 0
local info, receipts, messages, due, sweep = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now, retention, kept, token, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])

local state = redis.call('HMGET', info, 'archived_upto', 'last_id', 'first_id', 'trimmed_upto', 'sweeper', 'deleting',
  'clock', 'set_back_at', 'set_back_upto')
if not state[1] or state[6] then
  return {'NO_GROUP'}
end
local archived_upto, last_id, first_id, trimmed_upto = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]), tonumber(state[4])
local set_back_at, set_back_upto = tonumber(state[8] or 0), tonumber(state[9] or 0)

if state[5] == token then
  redis.call('UNLINK', sweep)
  redis.call('HDEL', info, 'sweeper', 'unclosed')
end
local sent_at = function (entry)
  local at = tonumber(entry[2][4])
  return tonumber(string.match(entry[1], '^%d+')) <= set_back_upto and math.min(at, set_back_at) or at
end
local receipt = archived_upto < last_id and redis.call('XRANGE', receipts, '-', '+', 'COUNT', 1)[1]
local message = kept and first_id <= archived_upto and redis.call('XRANGE', messages, '-', '+', 'COUNT', 1)[1]
local behind = math.max(tonumber(state[7]), receipt and sent_at(receipt) or 0, message and sent_at(message) or 0) - now
if behind > 60000 then
  local now_text = string.format('%.0f', now)
  set_back_at, set_back_upto = now, last_id
  redis.call('HSET', info, 'clock', now_text, 'set_back_at', now_text, 'set_back_upto', state[2])
end
local behind_text = string.format('%.0f', behind > 60000 and behind or 0)
local at = math.min(receipt and sent_at(receipt) + retention or math.huge, message and sent_at(message) + kept or math.huge)
local untrimmed = archived_upto > trimmed_upto and (archived_upto == last_id or archived_upto - trimmed_upto >= most)
if at == math.huge then
  redis.call('UNLINK', due)
  return {'OK', '', untrimmed and 1 or 0, behind_text}
end
local wait, armed = at - now, redis.call('PTTL', due)
if wait > 0 and (armed < 0 or math.abs(armed - wait) > 1000) then
  redis.call('SET', due, string.format('%.0f', at), 'PX', string.format('%.0f', wait))
end
return {'OK', string.format('%.0f', at), untrimmed and 1 or 0, behind_text}
