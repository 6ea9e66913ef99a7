-- What tests ask Neovim's own client: started in a workspace, it writes what it was shown and has done as JSON.
local said = {}

local function wait(what, is_so)
  if not vim.wait(30000, is_so, 20) then
    error("waited in vain for " .. what .. "\n" .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, true)
end

local function text()
  return table.concat(lines(), "\n")
end

local function edit(name)
  vim.cmd.edit(name)
  wait("the server", function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = "splint" })[1]
    return client ~= nil and client.initialized
  end)
end

local function has(code)
  return vim.iter(vim.diagnostic.get(0)):any(function(one)
    return one.code == code
  end)
end

-- The cursor goes to the first byte of a plain text, plus an offset.
local function to(wanted, offset)
  for number, line in ipairs(lines()) do
    local first = line:find(wanted, 1, true)
    if first then
      vim.api.nvim_win_set_cursor(0, { number, first - 1 + (offset or 0) })
      return
    end
  end
  error(wanted .. " is not in the text")
end

local function ask(method, extra)
  local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(), extra or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end

local function found()
  return vim.iter(vim.diagnostic.get(0)):map(function(one)
    local lsp = one.user_data.lsp
    return {
      code = one.code,
      source = one.source,
      severity = one.severity,
      href = lsp.codeDescription and lsp.codeDescription.href,
      line = one.lnum,
      marked = vim.api.nvim_buf_get_text(0, one.lnum, one.col, one.end_lnum, one.end_col, {})[1],
    }
  end):totable()
end

-- What is offered behind a text that is typed, and what accepting a word of it leaves.
local function complete(typed, word)
  to(typed, #typed)
  local items = ask("textDocument/completion").items
  local offered = {}
  for _, item in ipairs(items) do
    table.insert(offered, item.label)
    if item.label == word then
      local client = vim.lsp.get_clients({ bufnr = 0, name = "splint" })[1]
      vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), client.offset_encoding)
    end
  end
  return { offered = offered, text = text() }
end

local function journey()
  edit("finding.json")
  wait("SPL006", function() return has("SPL006") end)
  said.findings = found()
  to('"budget_mode"', 3)
  said.hover = ask("textDocument/hover").contents.value
  to("7000000000000000001")
  vim.lsp.buf.code_action({
    context = { only = { "quickfix" }, diagnostics = {} },
    filter = function(action) return action.isPreferred end,
    apply = true,
  })
  wait("the quick fix", function() return text():find('"7000000000000000001"', 1, true) ~= nil end)
  wait("no SPL006", function() return not has("SPL006") end)
  said.fixed = text()
  local before = text()
  to("lamps")
  vim.lsp.buf.rename("bulbs")
  said.renamed = text() ~= before

  edit("all.json")
  wait("SPL006", function() return has("SPL006") end)
  vim.cmd.SplintFixAll()
  wait("all fixes", function() return not has("SPL006") end)
  said.fixed_all = text()

  edit("second.yaml")
  wait("SPL006", function() return has("SPL006") end)
  said.second = found()
  to("objective_type", 2)
  said.second_hover = ask("textDocument/hover").contents.value

  edit("typed.yaml")
  said.completion = complete("budg", "budget_mode")
  said.omnifunc = vim.bo.omnifunc
end

local fine, failure = pcall(journey)
if not fine then
  said.failure = tostring(failure)
end
local stream = assert(io.open(os.getenv("SAID"), "w"))
stream:write(vim.json.encode(said))
stream:close()
vim.cmd.quitall({ bang = true })
