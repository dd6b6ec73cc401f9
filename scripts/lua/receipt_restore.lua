-- Restores unread sets that are missing, although a recipient has not read the message: its receipt period includes the
-- message, but neither its cursor nor an ack of the message alone does. A set can be lost by an eviction, or by hand.
--
-- KEYS[1]  acks      hash, uid -> last_ack
-- KEYS[2]  receipts  stream
-- KEYS[3]  spells    hash, ordinal -> "uid after" and after its end "uid after last_ack last_id"
-- KEYS[4]  leaving   hash, ordinal -> "next upto"
-- KEYS[5]  read_one  sorted set, id -> "id:ordinal:time"
-- KEYS[6]  ordinals  hash, uid -> ordinal
-- ARGV[1]  unread    prefix of the unread sets, takes an id
-- ARGV[2…] ids       of messages
--
-- Returns {'OK', id, …} of the messages whose sets are restored
local acks, receipts, spells, leaving, read_one, ordinals = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local unread = ARGV[1]

local periods = {}
local rows = redis.call('HGETALL', leaving)
for i = 1, #rows, 2 do
  local user = string.match(redis.call('HGET', spells, rows[i]) or '', '^%S+')
  local next_id, upto = string.match(rows[i + 1], '^(%d+) (%d+)$')
  periods[#periods + 1] = {rows[i], user, tonumber(next_id) - 1, tonumber(upto)}
end
rows = redis.call('HGETALL', ordinals)
for i = 1, #rows, 2 do
  local after = string.match(redis.call('HGET', spells, rows[i + 1]) or '', '^%S+ (%d+)$')
  local cursor = redis.call('HGET', acks, rows[i])
  if after and cursor then
    periods[#periods + 1] = {rows[i + 1], rows[i], math.max(tonumber(after), tonumber(cursor)), math.huge}
  end
end

local reply = {'OK'}
for i = 2, #ARGV do
  local id = ARGV[i]
  local entry = redis.call('EXISTS', unread .. id) == 0 and redis.call('XRANGE', receipts, id .. '-0', id .. '-0')[1]
  if entry and entry[2][6] ~= 'off' and entry[2][6] ~= '0' then
    local alone = {}
    for _, ack in ipairs(redis.call('ZRANGEBYSCORE', read_one, id, id)) do
      alone[string.match(ack, ':(%d+):')] = true
    end
    for _, period in ipairs(periods) do
      local ordinal, user, from, upto = period[1], period[2], period[3], period[4]
      if from < tonumber(id) and tonumber(id) <= upto and user ~= entry[2][2] and not alone[ordinal] then
        redis.call('SADD', unread .. id, ordinal)
      end
    end
    if redis.call('EXISTS', unread .. id) == 1 then
      reply[#reply + 1] = id
    end
  end
end
return reply
