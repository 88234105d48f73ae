const connection = new signalR.HubConnectionBuilder().withUrl('/chat').build();
const [form, text, state, list] = ['form', 'text', 'state', 'list'].map(id => document.getElementById(id));

const show = line => list.prepend(Object.assign(document.createElement('li'), { textContent: line }));
connection.on('said', (who, what) => show(`${who}: ${what}`));
connection.on('noted', what => show(`Note to myself: ${what}`));

// The server ends the connection with the login. Loading the page again leads to the login page, which a connection could not show.
connection.onclose(() => {
  state.textContent = 'The connection has ended. ';
  state.append(Object.assign(document.createElement('a'), { href: '/', textContent: 'Connect again' }));
});

form.addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await connection.invoke(event.submitter.value, text.value);
    form.reset();
  } catch (error) {
    state.textContent = `Not sent: ${error.message}`;
  }
});

connection.start().then(
  () => { state.textContent = 'Connected.'; },
  () => { state.textContent = 'The server did not let this page connect.'; });
