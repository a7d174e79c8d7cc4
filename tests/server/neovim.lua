-- Opens a file in Neovim with the server attached, mends it, and writes what was seen as one line of JSON.
local said = {}
local path = os.getenv("SCRIPT")
vim.cmd.edit(path)
local buffer = vim.api.nvim_get_current_buf()
local command = vim.json.decode(os.getenv("SERVER"))
local id = vim.lsp.start({ name = "flake8_logits", cmd = command, root_dir = vim.fs.dirname(path) }, { bufnr = buffer })
local client = vim.lsp.get_client_by_id(id)

local function count(number)
  return vim.wait(60000, function() return #vim.diagnostic.get(buffer) == number end, 20)
end

local function codes()
  return vim.tbl_map(function(found) return { found.code, found.lnum, found.col } end, vim.diagnostic.get(buffer))
end

said.found = count(1)
said.encoding = client.offset_encoding
vim.wait(1000)
said.codes = codes()
local place = said.codes[1]
vim.api.nvim_win_set_cursor(0, { place[2] + 1, place[3] })
local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
local hover = client:request_sync("textDocument/hover", params, 60000, buffer)
said.hover = hover.result.contents.value
vim.lsp.buf.code_action({
  context = { only = { "quickfix" } },
  apply = true,
  filter = function(action) return action.isPreferred end,
})
said.mended = count(0)
said.text = vim.api.nvim_buf_get_lines(buffer, place[2], place[2] + 1, false)[1]
vim.cmd.write()
client:stop()
said.stopped = vim.wait(20000, function() return client:is_stopped() end, 20)
io.stdout:write(vim.json.encode(said) .. "\n")
vim.cmd("qall!")
