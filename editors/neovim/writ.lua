-- Writ in Neovim (0.7 and later): starts `writ lsp` for .writ files. Load it with `nvim -u editors/neovim/writ.lua FILE`, or copy it into
-- your own configuration. The executable is $WRIT, else `writ` on the PATH.
vim.filetype.add({ extension = { writ = "writ" } })

local function project_root(path)
  local found = vim.fs and vim.fs.find and vim.fs.find("writ.toml", { upward = true, path = vim.fn.fnamemodify(path, ":h") })[1]
  if not found then
    found = vim.fn.findfile("writ.toml", vim.fn.fnamemodify(path, ":p:h") .. ";")
    if found == "" then found = nil end
  end
  return found and vim.fn.fnamemodify(found, ":p:h") or vim.fn.fnamemodify(path, ":p:h")
end

local clients = {}

local function attach(buffer)
  local root = project_root(vim.api.nvim_buf_get_name(buffer))
  if not clients[root] then
    clients[root] = vim.lsp.start_client({
      name = "writ",
      cmd = { vim.env.WRIT or "writ", "lsp" },
      root_dir = root,
      settings = { writ = { proofs = { run = "onSave" } } },
      on_exit = function() clients[root] = nil end,
    })
  end
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

vim.api.nvim_create_autocmd("FileType", { pattern = "writ", callback = function(event) attach(event.buf) end })
