"""Makes the table and the charts of a comparison from its data: publish.py DATA OUT [options]; see --help.

run.sh calls it. The charts need matplotlib, everything else only the standard library.
"""
import argparse
import json
import pathlib
import re
import sys
import zipfile

BEGIN, END = '<!-- comparison: written by scripts/bench/run.sh --publish -->', '<!-- end of the comparison -->'
ROW = re.compile(r'([\d,]+), ([^:]+): (.+)')
# readable on white and on black
TEXT, OURS, OTHERS = '#76808a', '#2f81d7', '#8f99a3'


class Chart:
    """A table and a picture: one figure of all servers at one pace, by the number of members."""

    def __init__(self, name, title, pace, column, spread):
        self.name, self.title, self.pace, self.column, self.spread = name, title, pace, column, spread


CHARTS = [
    Chart('closed', 'One message outstanding: deliveries per second, more is better', 'closed', 'per s', True),
    Chart('saturated', '64 messages outstanding from 8 senders: deliveries per second, more is better', 'saturated',
          'per s', True),
    Chart('pace', '20 messages per second: p99 from the send to a delivery in ms, less is better', '20/s', 'p99 ms',
          True),
    Chart('cpu', '64 messages outstanding: processor time of the server for one delivery in µs, without Redis, less is '
          'better', 'saturated', 'server µs', False),
]


class Comparison:
    """The rows of the data: what a server has reached with a number of members at a pace."""

    def __init__(self, data):
        self.about, self.rows, self.warm_up = data['about'], {}, []
        for row in data['rows']:
            found = ROW.fullmatch(row['row'])
            if row['table'].startswith('deliveries by poll') and found:
                self.rows[found[3], int(found[1].replace(',', '')), found[2]] = row
            elif row['table'].startswith('warm-up'):
                self.warm_up.append(row)
        self.servers = list(dict.fromkeys(server for server, _, _ in self.rows))
        self.sizes = list(dict.fromkeys(size for _, size, _ in self.rows))

    def of(self, chart, server, size):
        return self.rows[server, size, chart.pace]


def number(value):
    """Three digits are enough; a column may be unknown."""
    if not isinstance(value, (int, float)):
        return str(value)
    return f'{value:,.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


def cell(chart, row):
    middle = number(row[chart.column])
    if not chart.spread or row['lowest'] == row['highest']:
        return middle
    return f'{middle} ({number(row["lowest"])}–{number(row["highest"])})'


def table(comparison, chart):
    lines = [f'**{chart.title}**', '']
    lines.append('| members | ' + ' | '.join(f'{size:,}' for size in comparison.sizes) + ' |')
    lines.append('| --- |' + ' ---: |' * len(comparison.sizes))
    for server in comparison.servers:
        cells = [cell(chart, comparison.of(chart, server, size)) for size in comparison.sizes]
        lines.append(f'| {server} | ' + ' | '.join(cells) + ' |')
    return lines


def wrapped(text, width=120):
    lines = ['']
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append('')
        lines[-1] += (' ' if lines[-1] else '') + word
    return lines


def conditions(comparison, versions, load):
    about = comparison.about
    machine = ', '.join(filter(None, [about['machine'], versions]))
    busiest = max(comparison.rows.values(), key=lambda row: row['client %'])
    warm_up = '; '.join(f'{row["row"]} {row["runs"]}, {row["first per s"]:,}, {row["last per s"]:,}'
                        for row in comparison.warm_up)
    return [*wrapped(f'{about["date"]}, {machine}. The load of the machine before the run was {load}. Rounds: '
                     f'{about["rounds"]}, of {about["seconds"]} s for each figure. A figure is the median, with the '
                     'lowest and the highest in parentheses.'),
            '',
            *wrapped(f'The client took at most {busiest["client %"]} % of one processor ({busiest["row"]}).'),
            '',
            *wrapped('Warm-up (number of runs, deliveries per second in the first and in the last of them): '
                     f'{warm_up}.')]


def page(comparison, versions, load):
    lines = conditions(comparison, versions, load)
    for chart in CHARTS:
        lines += ['', *table(comparison, chart)]
        if chart.spread:
            lines += ['', f'![The same as bars](images/comparison-{chart.name}.svg)']
    return '\n'.join(lines) + '\n'


def draw(comparison, chart, file):
    import matplotlib
    matplotlib.use('svg')
    # text stays text, and the same data makes the same file
    matplotlib.rcParams.update({'svg.fonttype': 'none', 'svg.hashsalt': 'seenby', 'font.size': 9, 'text.color': TEXT,
                                'ytick.color': TEXT})
    from matplotlib import pyplot
    figure, panels = pyplot.subplots(1, len(comparison.sizes), sharey=True, squeeze=False,
                                     figsize=(9, 0.5 + 0.27 * len(comparison.servers)), layout='constrained')
    for panel, size in zip(panels[0], comparison.sizes):
        values = [comparison.of(chart, server, size)[chart.column] for server in comparison.servers]
        colors = [OURS if server == 'Seenby' else OTHERS for server in comparison.servers]
        bars = panel.barh(comparison.servers, values, color=colors, height=0.7)
        panel.bar_label(bars, labels=[number(value) for value in values], padding=3, color=TEXT)
        panel.set_title(f'{size:,} members', fontsize=9, color=TEXT)
        panel.margins(x=0.3)
        panel.set_xticks([])
        panel.tick_params(left=False)
        panel.spines[:].set_visible(False)
    panels[0][0].invert_yaxis()
    figure.savefig(file, transparent=True, metadata={'Date': None})
    pyplot.close(figure)


def libraries(jar):
    """The versions of Javalin and Jetty in the server's jar."""
    found = []
    with zipfile.ZipFile(jar) as files:
        for name, path in (('Javalin', 'io.javalin/javalin'), ('Jetty', 'org.eclipse.jetty/jetty-server')):
            properties = files.read(f'META-INF/maven/{path}/pom.properties').decode()
            found.append(name + ' ' + re.search(r'^version=(.+)$', properties, re.MULTILINE)[1].strip())
    return ', '.join(found)


def insert(file, text):
    """Replaces what is between the two marks in a page."""
    before, mark, rest = file.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        sys.exit(f'{file} does not contain "{BEGIN}" and "{END}"')
    file.write_text(f'{before}{BEGIN}\n\n{text}\n{END}{after}')


def main():
    parser = argparse.ArgumentParser(description='Makes the table and the charts of a comparison from its data.')
    parser.add_argument('data', type=pathlib.Path, help='what "bench limits --data" has written')
    parser.add_argument('out', type=pathlib.Path, help='the directory for table.md and images/')
    parser.add_argument('--page', type=pathlib.Path, help='a page with marks, which takes the table')
    parser.add_argument('--jar', type=pathlib.Path, help='the jar of the server, for the versions in it')
    parser.add_argument('--versions', default='', help='versions of the other servers')
    parser.add_argument('--load', default='unknown', help='the load of the machine before the run')
    parser.add_argument('--no-charts', action='store_true', help='do without matplotlib')
    options = parser.parse_args()
    data = json.loads(options.data.read_text())
    if data['faults']:
        sys.exit('the run has failed: ' + '; '.join(data['faults']))
    comparison = Comparison(data)
    versions = ', '.join(filter(None, [options.jar and libraries(options.jar), options.versions]))
    text = page(comparison, versions, options.load)
    images = options.out / 'images'
    images.mkdir(parents=True, exist_ok=True)
    (options.out / 'table.md').write_text(text)
    if not options.no_charts:
        for chart in CHARTS:
            if chart.spread:
                draw(comparison, chart, images / f'comparison-{chart.name}.svg')
    if options.page:
        insert(options.page, text)


if __name__ == '__main__':
    main()
