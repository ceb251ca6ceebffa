-- Runs inside a headless Neovim that was started with editors/neovim/writ.lua: edits a policy as a person would, through the editor's own
-- commands, and looks at what the editor shows. Prints one line per step; the first step that fails ends it with exit code 1.
local patience = 120000

local function finish(code)
  io.stdout:flush()
  vim.cmd(code == 0 and "qall!" or "cquit")
end

local function ok(what, condition, seen)
  if condition then
    io.stdout:write("ok  " .. what .. "\n")
    return
  end
  io.stdout:write("FAILED  " .. what .. "\n" .. vim.inspect(seen) .. "\n")
  finish(1)
end

local function wait_for(what, condition, seen)
  ok(what, vim.wait(patience, condition, 20), seen and seen())
end

local function diagnostics(source)
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.source == source then table.insert(found, d) end
  end
  return found
end

local function line_of(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then return number, column - 1 end
  end
  ok("a line with " .. text, false, vim.api.nvim_buf_get_lines(0, 0, -1, false))
end

local function go_to(text, plus)
  local line, column = line_of(text)
  vim.api.nvim_win_set_cursor(0, { line, column + (plus or 0) })
end

local function append(line) vim.api.nvim_buf_set_lines(0, -1, -1, false, { line }) end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
  return ""
end

local function run()
  vim.cmd("edit roles.writ")
  ok("the file type is writ", vim.bo.filetype == "writ", vim.bo.filetype)
  wait_for("the server is attached", function() return #vim.tbl_values(vim.lsp.buf_get_clients(0)) == 1 end)
  local client = vim.tbl_values(vim.lsp.buf_get_clients(0))[1]
  wait_for("it is initialized", function() return client.initialized end)

  append("role broken for Nobody { }")
  wait_for("an error appears while typing", function() return #diagnostics("writ") == 1 end, function() return vim.diagnostic.get(0) end)
  local error = diagnostics("writ")[1]
  ok("it stands on its word", error.lnum == vim.api.nvim_buf_line_count(0) - 1 and error.col == 16, error)
  vim.cmd("undo")
  wait_for("it goes with the text", function() return #vim.diagnostic.get(0) == 0 end, function() return vim.diagnostic.get(0) end)

  go_to("clerk(desk")
  vim.lsp.buf.hover()
  wait_for("hover shows the sentence", function() return floating_text():find("an employee may", 1, true) end, floating_text)
  vim.api.nvim_win_close(vim.fn.win_getid(vim.fn.winnr("$")), true)

  go_to("🧾 für Kasse")
  local line = vim.api.nvim_get_current_line()
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_win_get_cursor(0)[1], line:find("resource.amount", 1, true) + 9 })
  vim.lsp.buf.definition()
  wait_for("definition goes to the other file", function() return vim.fn.expand("%:t") == "words.writ" end)
  ok("and to the field", vim.api.nvim_get_current_line():sub(vim.api.nvim_win_get_cursor(0)[2] + 1):find("^amount") ~= nil, vim.api.nvim_win_get_cursor(0))

  go_to("inv.enter")
  vim.lsp.buf.references()
  wait_for("references fill the quickfix list", function() return #vim.fn.getqflist() >= 5 end, vim.fn.getqflist)
  local files = {}
  for _, item in ipairs(vim.fn.getqflist()) do files[vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ":t")] = true end
  ok("from all files", files["roles.writ"] and files["rules.writ"] and files["words.writ"], files)
  vim.cmd("cclose")

  vim.cmd("edit! roles.writ")
  go_to("role head")
  vim.api.nvim_set_current_line("role   head   for Employee {on request after chief}")
  vim.lsp.buf.formatting_sync(nil, patience)
  go_to("role head")
  ok("formatting lays the line out", vim.api.nvim_get_current_line() == "role head for Employee { on request after chief }", vim.api.nvim_get_current_line())

  append("role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }")
  vim.cmd("write")
  wait_for("saving asks the prover", function() return #diagnostics("writ prove") == 2 end, function() return vim.diagnostic.get(0) end)
  ok("the verdict stands on the role", diagnostics("writ prove")[1].lnum == vim.api.nvim_buf_line_count(0) - 1, diagnostics("writ prove"))

  vim.lsp.stop_client(client.id)
  wait_for("the server leaves", function() return client.is_stopped() end)
  io.stdout:write("all steps passed\n")
  finish(0)
end

local good, why = xpcall(run, debug.traceback)
if not good then
  io.stdout:write("FAILED  " .. tostring(why) .. "\n")
  finish(1)
end
