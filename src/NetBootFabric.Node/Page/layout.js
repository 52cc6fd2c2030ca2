// Where each cell is drawn. Few clients get a label each, many a square as large as the place allows.

const LABELLED = 250, GAP = 2, SIZES = [20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6], HEADER = 16, BETWEEN = 12;

export function layOut(blocks, width, height) {
  const total = blocks.reduce((sum, block) => sum + block.cells.length, 0);
  let layout;
  if (total <= LABELLED) {
    layout = measure(blocks, width, { width: 92, height: 24, gap: 4, labels: true });
  } else {
    for (const size of SIZES) {
      layout = measure(blocks, width, { width: size, height: size, gap: size > 6 ? GAP : 1, labels: false });
      if (layout.height <= height) break;
    }
  }
  place(layout);
  return layout;
}

// Blocks as wide as their cells need stand beside each other in rows, as racks do.
function measure(blocks, width, cell) {
  const stepX = cell.width + cell.gap, stepY = cell.height + cell.gap, most = Math.max(1, Math.floor((width + cell.gap) / stepX));
  const header = blocks.length === 1 && blocks[0].name === "" ? 0 : HEADER, placed = [];
  let x = 0, y = 0, rowHeight = 0;
  for (const block of blocks) {
    const columns = columnsOf(block.cells.length, most, blocks.length), rows = Math.ceil(block.cells.length / columns);
    const wide = Math.max(columns * stepX - cell.gap, Math.min(width, header ? 56 : 0)), high = header + rows * stepY - cell.gap;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += rowHeight + BETWEEN;
      rowHeight = 0;
    }
    placed.push({ block, x, y, width: wide, columns });
    x += wide + BETWEEN;
    rowHeight = Math.max(rowHeight, high);
  }
  return { ...cell, height: y + rowHeight, cellHeight: cell.height, blocks: placed, header };
}

function place(layout) {
  const stepX = layout.width + layout.gap, stepY = layout.cellHeight + layout.gap;
  for (const { block, x, y, columns } of layout.blocks) {
    block.cells.forEach((each, i) => {
      each.x = x + i % columns * stepX;
      each.y = y + layout.header + Math.floor(i / columns) * stepY;
    });
  }
}

function columnsOf(cells, most, blocks) {
  if (blocks === 1) return most;
  // About twice as wide as high, in steps of five.
  return Math.max(1, Math.min(most, cells, Math.ceil(Math.sqrt(cells * 2) / 5) * 5));
}

// The cell at a point; null: none.
export function cellAt(layout, x, y) {
  for (const { block, ...place } of layout.blocks) {
    if (x < place.x || x >= place.x + place.width + layout.gap || y < place.y) continue;
    const column = Math.floor((x - place.x) / (layout.width + layout.gap)), row = Math.floor((y - place.y - layout.header) / (layout.cellHeight + layout.gap));
    if (row < 0 || column >= place.columns) continue;
    const cell = block.cells[row * place.columns + column];
    if (cell) return cell;
  }
  return null;
}

// The shown cell that is nearest above or below.
export function nearestBeyond(order, from, down) {
  let best = null, bestScore = Infinity;
  for (const cell of order) {
    const dy = down ? cell.y - from.y : from.y - cell.y;
    if (dy <= 0 || !cell.shown) continue;
    const score = dy * 4 + Math.abs(cell.x - from.x) * 1.01;
    if (score < bestScore) [best, bestScore] = [cell, score];
  }
  return best;
}
