-- All names, each as likely as any other. Argument: how many there are.
function setup(thread) thread:set("seed", os.time()) end
function init(arguments)
  math.randomseed(seed)
  users = tonumber(arguments[1])
end
function request()
  return wrk.format("GET", string.format("/users/user%07d", math.random(0, users - 1)))
end
