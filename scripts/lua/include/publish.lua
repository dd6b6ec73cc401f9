-- Publishes a change of a group: the words, and after them the numbers of the group after the change. Every change
-- raises seq by one, so a server notices that it has missed one.
local function publish(info, channel, words)
  redis.call('HINCRBY', info, 'seq', 1)
  local numbers = redis.call('HMGET', info, 'incarnation', 'seq', 'first_id', 'last_id', 'last_read', 'last_nudge', 'receipts')
  redis.call('PUBLISH', channel, words .. ' ' .. table.concat(numbers, ' '))
end
