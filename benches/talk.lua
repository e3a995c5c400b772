-- Form posts of about 300 bytes, each of other words and from another address: what the screen and the limits of a
-- paper have to look at. The argument tells runs apart.
local threads = 0
local words = {
  "ferry", "harbour", "council", "winter", "bridge", "ticket", "captain", "morning", "coffee", "cabin", "river", "market",
  "question", "answer", "number", "street", "teacher", "summer", "window", "paper", "people", "nobody", "money", "weather",
  "island", "letter", "evening", "engine", "minister", "school", "garden", "doctor", "kitchen", "station", "mountain",
}
local small = { "the", "of", "and", "to", "in", "was", "for", "that", "with", "from", "about", "after" }

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  local run = arguments[1] or "0"
  sent = 0
  math.randomseed(tonumber(run) * 1000 + number)
  headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port,
  }
end

function request()
  sent = sent + 1
  local said = {}
  for n = 1, 24 do
    said[2 * n - 1] = small[math.random(#small)]
    said[2 * n] = words[math.random(#words)]
  end
  headers["X-Forwarded-For"] = math.random(1, 99) .. "." .. math.random(0, 255) .. "." .. math.random(0, 255) .. "." .. math.random(1, 254)
  return wrk.format("POST", nil, headers, "name=Reader+" .. (sent % 997) .. "&text=" .. table.concat(said, "+") .. "+" .. sent)
end
