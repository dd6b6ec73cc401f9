-- Stores a message once, with its first receipts: the unread set is a copy of the roster without the sender.
-- The cursor of a sender that had read everything moves to the message. The cursor of any other sender stays.
-- If the message is the oldest that is not archived, the script sets the timer of the group.
-- Time does not go back by up to a minute. If the clock is set back further, time follows it, and all messages before
-- count as sent by then.
--
-- KEYS[1]   info         hash
-- KEYS[2]   acks         hash, uid -> last_ack
-- KEYS[3]   messages     stream
-- KEYS[4]   receipts     stream
-- KEYS[5]   ordinals     hash, uid -> ordinal
-- KEYS[6]   roster       set of ordinals
-- KEYS[7]   sent         hash, "uid client_id" -> id, this window
-- KEYS[8]   sent_before  hash, the window before
-- KEYS[9]   due          timer
-- ARGV[1]   now          ms
-- ARGV[2]   sender       uid
-- ARGV[3]   text         of the message
-- ARGV[4]   client_id    or ''
-- ARGV[5]   window       of client ids, ms
-- ARGV[6]   retention    of receipts, ms
-- ARGV[7]   unread       prefix of the unread sets, takes an id
-- ARGV[8]   channel      of the wakes
-- ARGV[9]   group        gid, for the wake
--
-- Returns {'OK', id, sent_at, recipients, hidden, behind} | {'OK', id, sent_at} if it was sent before | {'NOT_MEMBER'}
--         | {'OTHER_TEXT'}
--         hidden is how many members owe no receipt because they send none, the sender aside; behind is how far in ms
--         time went back, or 0
-- Emits   message
local info, acks, messages, receipts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local ordinals, roster, sent, sent_before, due = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now, sender, text, client_id, window = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local retention, unread, channel, group = tonumber(ARGV[6]), ARGV[7], ARGV[8], ARGV[9]

local last_ack = redis.call('HGET', acks, sender)
if not last_ack then
  return {'NOT_MEMBER'}
end
local state = redis.call('HMGET', info, 'last_id', 'clock', 'receipts', 'sent_since', 'archived_upto', 'incarnation')
local last_id, clock, policy, since = tonumber(state[1]), tonumber(state[2]), state[3], tonumber(state[4] or 0)
local behind = clock - now > 60000 and clock - now or 0
local at = math.max(now, clock - behind)
local id, at_text = last_id + 1, string.format('%.0f', at)

if client_id ~= '' then
  local field = sender .. ' ' .. client_id
  local before = redis.call('HGET', sent, field) or redis.call('HGET', sent_before, field)
  local original = before and redis.call('XRANGE', messages, before .. '-0', before .. '-0')[1]
  if original and at - tonumber(original[2][4]) < window then
    if original[2][6] ~= text then
      return {'OTHER_TEXT'}
    end
    return {'OK', before, original[2][4]}
  end
  if at - since >= window or since > at then
    redis.call('UNLINK', sent_before)
    if at - since < 2 * window and redis.call('EXISTS', sent) == 1 then
      redis.call('RENAME', sent, sent_before)
    else
      redis.call('UNLINK', sent)
    end
    redis.call('HSET', info, 'sent_since', at_text)
  end
  redis.call('HSET', sent, field, id)
end

local recipients, hidden = 'off', 0
if policy ~= 'off' then
  redis.call('COPY', roster, unread .. id)
  redis.call('SREM', unread .. id, redis.call('HGET', ordinals, sender) or 0)
  recipients = redis.call('SCARD', unread .. id)
  hidden = redis.call('HLEN', acks) - 1 - recipients
end
if behind > 0 then
  redis.call('HSET', info, 'set_back_at', at_text, 'set_back_upto', last_id)
end
redis.call('HSET', info, 'last_id', id, 'clock', at_text)
redis.call('XADD', messages, id .. '-0', 'sender', sender, 'sent_at', at_text, 'text', text, 'receipts', policy)
redis.call('XADD', receipts, id .. '-0', 'sender', sender, 'sent_at', at_text, 'recipients', recipients,
  'hidden', hidden)
if tonumber(last_ack) == last_id then
  redis.call('HSET', acks, sender, id)
end
if tonumber(state[5]) == last_id then
  local wait, armed = at - now + retention, redis.call('PTTL', due)
  if armed < 0 or armed > wait then
    redis.call('SET', due, string.format('%.0f', at + retention), 'PX', string.format('%.0f', wait))
  end
end
publish(info, channel, 'message ' .. group .. ' ' .. state[6] .. ' ' .. id)
return {'OK', id, at_text, policy == 'off' and 0 or recipients, hidden, string.format('%.0f', behind)}
