-- Takes or renews the sweep of a group, and lists the next messages whose receipts are due. A sweeper that takes over
-- from one that did not release the group must first close that one's segment. This script tells it so until it has.
-- A token that stays for longer than its TTL is from a clock that was ahead. A receipt period that ends later lowers
-- taken_upto, so that the commit knows which messages are still as they were taken.
--
-- KEYS[1]  info        hash
-- KEYS[2]  receipts    stream
-- KEYS[3]  left        hash, id -> how many recipients left it unread
-- KEYS[4]  leaving     hash, ordinal -> "next upto"
-- KEYS[5]  sweep       string, token of the sweeper
-- ARGV[1]  token       of the caller
-- ARGV[2]  closed      1 if the caller has closed the other sweeper's segment, else 0
-- ARGV[3]  ttl         of the sweep, ms
-- ARGV[4]  due         ms: messages sent up to this time are due
-- ARGV[5]  most        messages in this call
-- ARGV[6]  budget      receipts in this call; the last message may exceed it
--
-- Returns {'OK', 'busy'} if another sweeper holds the group | {'OK', 'taken_over', incarnation}
--         | {'OK', 'held', incarnation, spells_ended, last_ordinal, {ordinals that are leaving},
--           id, sender, sent_at, recipients or 'off', hidden or '', id, …} | {'NO_GROUP'}
local info, receipts, left, leaving, sweep = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local token, closed, ttl, due = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), tonumber(ARGV[4])
local most, budget = ARGV[5], tonumber(ARGV[6])

local state = redis.call('HMGET', info, 'incarnation', 'archived_upto', 'spells_ended', 'last_ordinal', 'sweeper',
  'unclosed', 'deleting', 'set_back_at', 'set_back_upto')
if not state[1] or state[7] then
  return {'NO_GROUP'}
end
local holder = redis.call('GET', sweep)
if holder and holder ~= token and redis.call('PTTL', sweep) <= ttl then
  return {'OK', 'busy'}
end

local unclosed = not closed and (state[6] == '1' or (state[5] or token) ~= token)
redis.call('SET', sweep, token, 'PX', ttl)
redis.call('HSET', info, 'sweeper', token, 'unclosed', unclosed and 1 or 0)
if unclosed then
  return {'OK', 'taken_over', state[1]}
end
local set_back_at, set_back_upto = tonumber(state[8] or 0), tonumber(state[9] or 0)
local reply = {'OK', 'held', state[1], state[3], state[4], redis.call('HKEYS', leaving)}
local from = string.format('%.0f-0', tonumber(state[2]) + 1)
for _, entry in ipairs(redis.call('XRANGE', receipts, from, '+', 'COUNT', most)) do
  local id, fields = string.match(entry[1], '^%d+'), entry[2]
  local sent_at = tonumber(id) <= set_back_upto and math.min(tonumber(fields[4]), set_back_at) or tonumber(fields[4])
  if sent_at > due or budget <= 0 then
    break
  end
  local recipients = fields[6]
  if recipients ~= 'off' then
    budget = budget - tonumber(recipients)
    recipients = tonumber(recipients) - tonumber(redis.call('HGET', left, id) or 0)
  end
  local at = #reply
  reply[at + 1], reply[at + 2], reply[at + 3], reply[at + 4] = id, fields[2], fields[4], recipients
  reply[at + 5] = fields[8] or ''
end
if #reply > 6 then
  redis.call('HSET', info, 'taken_upto', reply[#reply - 4])
end
return reply
