/** English: what ports serve, shown in the page. */
export const enPreview = {
  preview: {
    ports: 'Published ports',
    port: 'Port',
    show: 'Show port {port} of {machine}',
    showApart: 'Show port {port} of {machine} in a new tab',
    apart: 'In a tab of its own',
    of: 'Published by {container}',
    unpublished: 'No container publishes it now',
    published: 'Port {port} of {machine} is published',
    frame: 'What port {port} of {machine} serves',
    reload: 'Load again',
    path: 'Address on port {port} of {machine}',
    close: 'Close the preview of port {port}',
    loading: 'Loading',
    open: 'Open port {port}',
    openOn: 'Open port {port} of {machine}',
  },
} as const;
