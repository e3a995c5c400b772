-- Form posts with distinct texts of about 200 bytes. The argument tells runs apart.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  run = arguments[1] or "0"
  sent = 0
  headers = {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port,
  }
end

function request()
  sent = sent + 1
  local body = "name=Reader+" .. (sent % 97) .. "&text=Comment+" .. sent .. "+of+thread+" .. number .. "+in+run+" .. run ..
    ".+The+ferry+was+late+again%2C+as+it+is+whenever+the+wind+stands+in+the+west%2C+and+nobody+on+the+quay+was+surprised" ..
    "+by+it%3B+the+kiosk+sold+out+of+buns+by+nine."
  return wrk.format("POST", nil, headers, body)
end
