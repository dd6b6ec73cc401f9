-- Whether an ack of a message alone is of this receipt period. Redis sorts these acks, "id:ordinal:time", by their
-- bytes, so a few looks find one among many. Lua would compare texts by the language of the machine.
local function acked_alone(read_one, id, ordinal)
  local wanted = id .. ':' .. ordinal .. ':'
  local low = redis.call('ZCOUNT', read_one, '-inf', '(' .. id)
  local high = redis.call('ZCOUNT', read_one, '-inf', id) - 1
  while low <= high do
    local middle = math.floor((low + high) / 2)
    local found, at = redis.call('ZRANGE', read_one, middle, middle)[1], 1
    while at <= #wanted and string.byte(found, at) == string.byte(wanted, at) do
      at = at + 1
    end
    if at > #wanted then
      return true
    end
    if string.byte(found, at) < string.byte(wanted, at) then
      low = middle + 1
    else
      high = middle - 1
    end
  end
  return false
end
