-- Writ in Neovim (0.7 and later): starts `writ lsp` for .writ files. Load it with `nvim -u editors/neovim/writ.lua FILE`, or copy it into
-- your own configuration. The executable is $WRIT, else `writ` on the PATH.
local clients = {}

local function project_root(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local manifest = vim.fn.findfile("writ.toml", vim.fn.escape(folder, " ,;") .. ";")
  return manifest ~= "" and vim.fn.fnamemodify(manifest, ":p:h") or folder
end

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

-- Neovim 0.7 asks filetype.lua only where it was switched on; an autocommand works everywhere.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, { pattern = "*.writ", callback = function() vim.bo.filetype = "writ" end })
vim.api.nvim_create_autocmd("FileType", {
  pattern = "writ",
  callback = function(event)
    vim.bo[event.buf].commentstring = "// %s"
    attach(event.buf)
  end,
})
